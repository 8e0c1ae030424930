"""Cases: routes of the pack that people move, with papers, deadlines and every act recorded."""

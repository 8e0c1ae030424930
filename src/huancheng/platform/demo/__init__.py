"""示例市 as a living demonstration: its bodies, people, and cases in every state. Loaded only in demo mode."""

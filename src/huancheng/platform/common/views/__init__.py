"""Pages that belong to no other app: home, language, the public notes for machines, errors, the components."""

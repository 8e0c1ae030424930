"""Backup and restore: database, files, snapshots and packs in one verified archive, the same for both engines."""

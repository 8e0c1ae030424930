"""Writers: one document model into docx and PDF, tables into xlsx."""

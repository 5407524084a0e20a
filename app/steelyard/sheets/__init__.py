"""Paper: an evaluation becomes a PDF. The only package that imports ReportLab."""

"""What `run.py` does: the environment, the checks, the documents and the packing of this project.

Standard library only, because it runs before anything is installed; no part of the product imports it.
"""

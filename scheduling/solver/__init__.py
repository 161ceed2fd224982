"""The planner: plain Python with OR-Tools, numpy and numba. Imports no Django (see README.md in this folder)."""

"""What `benchmark.py` measures with: processes that are timed, and large files.

- `processes`: how long a command takes, and how much memory.
- `large_package`: a program that writes a package of any size.
"""

"""What `benchmark.py` measures with: processes that are timed, a browser, and large files.

- `processes`: how long commands take, and how much memory. `one_process` is the program that runs each.
- `drops`: how long the site takes to check a file that is dropped on it.
- `large_package`, `large_copies`: programs that write the files.
- `copies_section`: the section on copies of an article.
"""

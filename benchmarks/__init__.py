"""What is measured, each job beside its floor or a peer in the same run.

``python -m benchmarks`` runs every ``bench_*.py`` of this folder, each in a process of its own, and
prints one table. See :mod:`benchmarks.harness` for what such a module looks like.
"""

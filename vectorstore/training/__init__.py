"""The recipe that made `vectorstore/bundled`: a sentence model, a translation table, frequencies.

Run it with ``python -m vectorstore.training --data DIR --out vectorstore/bundled``.
"""

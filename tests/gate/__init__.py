"""Floors under the quality of answers: CI fails where a figure falls below its own."""

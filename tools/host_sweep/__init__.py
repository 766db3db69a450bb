"""Runs a host against every fault at every position of its own run."""

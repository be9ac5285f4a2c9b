# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random models for conformance.py: single layers, graphs, and what they are trained with."""

"""What leaves beside the PDF: everything of a round in one archive, and Part B as a text for other templates.

Both are made when they are asked for and kept nowhere: the same round gives the same bytes.
"""

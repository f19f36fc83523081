"""The bid file `tandem-bid/1`: one JSON document that describes a bid completely.

Demo data, import, export, offline assessment, snapshots and the copy inside a dossier all pass
through here. Reader, writer and JSON Schema follow the types of the facts; nothing is said twice.
"""

from bids.bidfile.problems import Unreadable
from bids.bidfile.read import as_dict, canonical, read, read_file
from bids.bidfile.schema import schema
from bids.rulebook.text import Problem

__all__ = ["Problem", "Unreadable", "as_dict", "canonical", "read", "read_file", "schema"]

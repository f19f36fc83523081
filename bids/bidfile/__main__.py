"""`python -m bids.bidfile > bids/bid.schema.json` renews the schema after a change of the facts."""

import sys

from bids.bidfile.schema import printed

sys.stdout.write(printed())

"""Who may do what: one table of roles, acts and states, with conditions that give their reason.

Pages, desk, interfaces, tests and the generated `docs/permits.md` all read this table, and nothing
else decides. Whatever is not in it is refused.
"""

from bids.rulebook.permits.acts import Act
from bids.rulebook.permits.decide import decide, line_act, visible
from bids.rulebook.permits.standing import About, Decision, Manner, Standing
from bids.rulebook.permits.table import ALLOW, TABLE

__all__ = ["ALLOW", "TABLE", "About", "Act", "Decision", "Manner", "Standing", "decide", "line_act", "visible"]

"""The one door to the rows of partners; `seats` and `conditions` serve other gateways."""

from casework.partners.gateway.bodies import (
    active_members,
    add_member,
    add_organisation,
    labels,
    members,
    open_members,
    organisations,
    set_locked,
)
from casework.partners.gateway.council import (
    add_council,
    communes,
    council_name,
    councils,
    name_communes,
)
from casework.partners.gateway.groups import (
    add_group,
    add_mandate,
    charters_of_member,
    end_mandate,
    group,
    groups,
    holders_of,
    members_of_group,
    move_groups,
    terms,
    territory,
)
from casework.partners.gateway.standing import standing

__all__ = [
    "active_members",
    "add_council",
    "add_group",
    "add_mandate",
    "add_member",
    "add_organisation",
    "charters_of_member",
    "communes",
    "council_name",
    "councils",
    "end_mandate",
    "group",
    "groups",
    "holders_of",
    "labels",
    "members",
    "members_of_group",
    "move_groups",
    "name_communes",
    "open_members",
    "organisations",
    "set_locked",
    "standing",
    "terms",
    "territory",
]

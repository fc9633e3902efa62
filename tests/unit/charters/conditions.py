"""Random conditions and their plain meaning."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from casework.charters.condition import All, AnyOf, Condition, Is, Not

FACTS = ("named", "lead", "referrer", "restricted", "landlord")


def conditions_over(names: Sequence[str]) -> st.SearchStrategy[Condition]:
    """Return random conditions over some facts."""
    return st.recursive(
        st.sampled_from(names).map(Is),
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, max_size=3).map(tuple).map(All),
            st.lists(inner, max_size=3).map(tuple).map(AnyOf),
        ),
        max_leaves=8,
    )


conditions = conditions_over(FACTS)

worlds = st.fixed_dictionaries({name: st.booleans() for name in FACTS})


def means(condition: Condition, world: Mapping[str, bool]) -> bool:
    match condition:
        case Is(name):
            return world[name]
        case Not(part):
            return not means(part, world)
        case All(parts):
            return all(means(part, world) for part in parts)
        case AnyOf(parts):
            return any(means(part, world) for part in parts)

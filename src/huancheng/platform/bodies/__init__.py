"""Bodies, divisions and managed areas; people, their posts, delegations and sign-in."""

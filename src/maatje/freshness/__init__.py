"""How high the user lies on each contact's pile: state, features, chances. Arrays in, arrays out; numpy only."""

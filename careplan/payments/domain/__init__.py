"""Pure decisions about money: what a model of payment counts, at which rate, rounded once."""

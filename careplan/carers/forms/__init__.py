"""Forms about carers: those that the council fills in, and the carer's own."""

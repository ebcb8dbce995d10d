"""Referrals to occupational therapists, and the aids, adaptations and technology that they prescribe."""

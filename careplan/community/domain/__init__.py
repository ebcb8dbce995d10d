"""What is true of referrals to community organisations: frozen values and pure decisions."""

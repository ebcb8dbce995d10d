"""The fhir slice."""

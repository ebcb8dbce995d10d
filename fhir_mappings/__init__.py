"""What careplan knows of a person, as FHIR R4 resources: pure functions from frozen values to plain dicts."""

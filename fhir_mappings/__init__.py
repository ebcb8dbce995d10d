"""Domain value to FHIR R4 resource, one file a resource type."""

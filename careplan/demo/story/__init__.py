"""The demo council as a story: invented people, written as people would write."""

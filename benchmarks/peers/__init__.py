"""Other ways to plan classes, each behind the same function ``run``; the checker judges what they return."""

"""The tag trees of finished files as readable text, one file a topic, and one of a personal sheet."""

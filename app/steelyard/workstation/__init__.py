"""The domain: what a medical-AI workstation is, needs and does. Every formula stands here once."""

"""The practice service: a second, independent reading of the gateway's protocol."""

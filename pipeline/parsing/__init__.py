"""The inside of the parse stage: the raw folder cut into shards, and what a shard gives."""

"""From author listings to Parquet, SQL answers and charts; one module a stage."""

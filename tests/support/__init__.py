"""What tests share: stand-ins, small sites, readers of charts, a browser."""

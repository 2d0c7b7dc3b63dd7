"""What a form knows: its headers, labels and levels as YAML says them."""

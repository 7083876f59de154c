"""How the weights and tables that ship were made; needs torch, and nothing of it is installed with the product."""

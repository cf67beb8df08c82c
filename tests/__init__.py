"""Does the whole product keep its promises? Tests that belong to no single package."""

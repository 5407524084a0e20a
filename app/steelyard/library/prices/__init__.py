"""Price lists that enter: tables read in a process of their own, amounts read right or refused, books kept."""

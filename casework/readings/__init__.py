"""Who opened what, as members, case leads and persons may know it: the register in part."""

"""What a build must keep to: each rule one margin, in the unit of what there is to spare.

The ids name the subject (FIT fit, LAN lanes, MEM memory, STO storage, CLI clinical work, PWR power, THM heat, CST
cost, VID video, NET network). A margin is infinite where a rule does not apply, and unknown where something that it
reads is unknown.
"""

"""What a learner and a teacher start: lab, own, guard, check, extras, room, review, forget."""

"""The exercises of chapter 11, find yourself."""

from helpers.learn import Choice, Exercise, Explain, between, either

EXERCISES = (
    Choice(
        "11.1",
        "Wilfa has hidden a film from her list. What does the long file say about it?",
        options={
            "a": "nothing: hidden means deleted",
            "b": "the film, as if nothing had been done",
            "c": "the film, and that it was hidden",
        },
        right="c",
        because="The service keeps each play, and a note that she did not want it seen.",
        wrong={
            "a": "From whose eyes was it hidden: from the household's, or from the service's?",
            "b": "The service must know which film to leave out. Where would it note that?",
        },
        hints=[
            "What does the service need in order to go on hiding it?",
            "Is a film that she hides one that she has not watched?",
        ],
    ),
    Explain(
        "11.2",
        "What should a company do before it posts a sentence like this about you?",
        model="It should ask me first, and leave it if I don't answer. One person is meant, and "
        "I would know that it is me even if nobody else did.",
        points=[
            "One person is meant, so it singles somebody out.",
            "That nobody is named changes little: she recognises herself.",
            "Whether it is welcome is hers to say, before and not after.",
            "It could be about the film, and about nobody.",
        ],
        hints=[
            "Read the sentence as the person in it.",
            "Which of the four questions can the company answer without you?",
        ],
    ),
    Exercise(
        "11.3",
        "predict",
        "In which crowd are you found less often by four titles: "
        '"alike", "classroom" or "no difference"?',
        options=("alike", "classroom", "no difference"),
        right="alike",
        reveal="Found among people alike: {}; in the classroom: {}.",
        because="Where many share your taste, many have your titles.",
        wrong={
            "classroom": "The classroom is larger. But how many there have your four titles?",
            "no difference": "The titles are the same. Are the people who have them?",
        },
        hints=[
            "What makes a title worth much to an attacker?",
            "Think of a village of people who like what you like, and of a city where few do.",
        ],
    ),
    Choice(
        "11.4",
        "With two titles you are hardly ever found among people alike. What follows?",
        options={
            "a": "two titles are safe to tell",
            "b": "this attacker fails in this crowd",
            "c": "a hundred people share both titles",
        },
        right="b",
        because="Another crowd, a third title or an attacker who knows more may find you.",
        wrong={
            "a": "Look at the same two titles in the classroom.",
            "c": "A refusal means that nobody was likely enough. It counts nobody.",
        },
        hints=[
            "Which of these sentences speaks only of what was tried?",
            "Compare the two crowds in the picture, at two titles.",
        ],
    ),
    Exercise(
        "11.5",
        "fix",
        "How many of 100,000 people have seen all three titles?",
        right=5,
        within=0.01,
        untouched=16_000,
        because="Of 100,000 people 10,000 have seen the first; of these 500 the second; of these "
        "5 the third. Independent shares are multiplied.",
        solution="answer = 100_000 * 0.10 * 0.05 * 0.01",
        wrong={
            either(500, 1_000, 100, 50): "That many have seen one or two of them. How many of "
            "these people have seen the others, too?",
            either(1_500, between(5_333, 5_334)): "That still adds. What share of the people is "
            "left after each title?",
            either(0.00005, 0.005, 0.5): "That is the share, or a share of fewer people. How many "
            "of 100,000 people is it?",
        },
        hints=[
            "More titles must leave fewer people, and a sum only grows.",
            "First take the people who have seen the first title, then a share of these.",
        ],
    ),
)

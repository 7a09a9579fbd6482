"""A class is edited in place: old instances, subclasses and isinstance hold."""


def test_unedited_holds_identity(zoo, nb):
    import farm

    cls, members = zoo.Animal, dict(vars(zoo.Animal))
    nb.embed("zoo", "Animal", "Animal.speak", "Animal.loud", "Animal.Tag")
    assert zoo.Animal is farm.Animal is nb.space["Animal"] is cls
    assert dict(vars(cls)) == members
    assert isinstance(farm.Dog("a"), nb.space["Animal"])


def test_method_changes_old_instances_aliases_and_bound_names(zoo, nb):
    old, bound, held = zoo.Animal("a"), zoo.Animal("b").speak, zoo.Animal.speak
    space = nb.embed(
        "zoo", "Animal.speak",
        patch='- return f"{self.name} speaks"\n+ return self.__secret',
    )  # fmt: skip
    assert set(space) - {"__builtins__", "__name__"} == {"Animal"}
    assert old.speak() == old.shout() == bound() == held(old) == 5
    assert zoo.Animal.speak is held
    nb.embed("zoo", "Animal.speak")
    assert old.speak() == old.shout() == "a speaks" and zoo.Animal.speak is held


def test_super_in_a_method(zoo, nb, edit):
    dog = zoo.Dog("rex")
    edit("Dog.speak", " woof", " WOOF")
    assert dog.speak() == "rex! speaks WOOF"
    edit("Dog.speak", 'super().speak() + " woof"', '"none"')
    assert dog.speak() == "none"
    nb.embed("zoo", "Dog.speak")
    assert dog.speak() == "rex! speaks woof"
    nb.run("# zoo.py · Dog.__init__\ndef __init__(self, n):\n    self.name = n\n")
    assert zoo.Dog("a").name == "a"
    nb.embed("zoo", "Dog.__init__")
    assert zoo.Dog("a").name == "a!"


def test_super_added_where_there_was_none(zoo, nb, edit):
    held = zoo.Animal.speak
    edit("Animal.speak", 'f"{self.name} speaks"', "super().__class__, 7")
    assert zoo.Animal("a").speak()[1] == zoo.Animal("a").shout()[1] == 7
    nb.embed("zoo", "Animal.speak")
    assert zoo.Animal.speak is zoo.Animal.shout is held


def test_property_and_its_setter(zoo, nb, edit):
    a = zoo.Animal("cat")
    edit("Animal.loud", "upper()", "title()")
    assert a.loud == "Cat"
    a.loud = "DOG"
    assert a.name == "dog"
    edit("Animal.loud", "value.lower()", "value * 2")
    a.loud = "X"
    assert a.loud == "XX"
    nb.embed("zoo", "Animal.loud")
    a.loud = "X"
    assert (a.name, a.loud) == ("x", "X")


def test_class_static_and_cached_methods(zoo, nb, edit):
    make, twice = zoo.Animal.make, zoo.Animal.twice
    edit("Animal.make", "cls(name)", "cls(name * 2)")
    edit("Animal.twice", "2 * x", "3 * x")
    edit("Animal.slow", "return 1", "return 2")
    assert make("a").name == zoo.Dog.make("a").name[:2] == "aa"
    assert twice(2) == zoo.Dog("a").twice(2) == 6
    assert zoo.Animal("a").slow() == 2
    nb.embed("zoo", "Animal.make", "Animal.twice", "Animal.slow")
    assert (make("a").name, twice(2), zoo.Animal("a").slow()) == ("a", 4, 1)


def test_class_keeps_instances_and_subclasses(zoo, nb):
    import farm

    cls, old, dog, held = zoo.Animal, zoo.Animal("a"), zoo.Dog("b"), zoo.Animal.speak
    text = nb.shown("zoo", "Animal")
    text = text.replace("speaks", "talks").replace("An animal.", "Edited.")
    text = text.replace("def gone", "def added").replace("__secret = 5", "__secret = 6")
    nb.run(text)
    assert zoo.Animal is farm.Animal is farm.KINDS[0] is nb.space["Animal"] is cls
    assert old.speak() == old.shout() == "a talks" and held(old) == "a talks"
    assert dog.speak() == "b! talks woof" and isinstance(dog, nb.space["Animal"])
    assert old.secret() == 6 and old.added() == "gone" and not hasattr(old, "gone")
    assert cls.__doc__ == "Edited." and old.Tag().text() == "tag"
    nb.embed("zoo", "Animal")
    assert old.speak() == "a speaks" and dog.speak() == "b! speaks woof"
    assert old.gone() == "gone" and not hasattr(old, "added") and old.secret() == 5
    assert cls.__doc__ == "An animal." and zoo.Animal.speak is held


def test_class_with_super_and_new_base(zoo, nb, edit):
    dog = zoo.Dog("a")
    edit("Dog", '+ "!"', '+ "?"')
    assert zoo.Dog("a").speak() == "a? speaks woof" and dog.speak() == "a! speaks woof"
    text = "# zoo.py · Dog\nclass Dog(Animal.Tag, Animal):\n    pass\n"
    nb.run(text)
    assert dog.text() == "tag" and zoo.Dog.__doc__ is None
    nb.embed("zoo", "Dog")
    assert zoo.Dog.__bases__ == (zoo.Animal,) and zoo.Dog("a").name == "a!"

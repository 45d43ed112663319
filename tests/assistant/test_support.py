import json
from pathlib import Path

import pytest

from assistant.facts import facts
from assistant.support import JudgeError, agree, denies, load_judge, missing_facts, same, support

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "support_pairs.jsonl").read_text("utf-8").splitlines()
]
TEST = [pair for pair in PAIRS if pair["split"] == "test"]


def labels(kinds):
    return [support(p["claim"], [p["evidence"]]) for p in TEST if p["kind"] in kinds]


def test_nine_in_ten_wrong_numbers_names_and_dates_are_caught():
    found = labels({"wrong_number", "wrong_name", "wrong_date"})
    assert found.count("unsupported") / len(found) >= 0.90


def test_hardly_a_true_claim_is_called_unsupported():
    found = labels({"true"})
    assert found.count("unsupported") / len(found) <= 0.05


def test_what_has_nothing_to_do_with_its_evidence_is_never_supported():
    assert "supported" not in labels({"unrelated", "other_event"})


@pytest.mark.parametrize(
    ("claim", "evidence", "label"),
    [
        ("وقع ٢٥ هجوماً.", "وقع خمسة وعشرون هجوماً على القاعدة.", "supported"),
        ("وقع ٣٥ هجوماً.", "وقع خمسة وعشرون هجوماً على القاعدة.", "unsupported"),
        ("The fair drew 1,200 readers.", "The fair drew 1200 readers.", "supported"),
        ("The fair drew 1,300 readers.", "The fair drew 1200 readers.", "unsupported"),
        ("Anything at all.", "", "unsupported"),
    ],
)
def test_numbers_are_compared_by_value_across_digits_and_words(claim, evidence, label):
    assert support(claim, [evidence]) == label


def test_german_nouns_need_not_stand_in_the_evidence_as_names_do():
    evidence = "Die Sitzung dauerte drei Stunden und endete ohne Beschluss."
    assert support("Die Beratung dauerte drei Stunden.", [evidence]) == "supported"


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("بلغت الكلفة 60 مليون درهم.", "بلغت الكلفة 60 مليون دولار."),
        ("It cost $60 million.", "It cost 60 million euros."),
        ("بلغت الأجور 60 درهما شهريا.", "بلغت الأجور 60 درهما سنويا."),
        ("شارك نصف مليون زائر.", "شارك مليون زائر."),
    ],
)
def test_a_figure_of_another_unit_or_time_does_not_bear_a_claim_out(claim, evidence):
    assert support(claim, [evidence]) == "unsupported"


def test_words_that_stand_in_the_evidence_as_they_are_are_supported():
    assert support("The talks   ended", ["He left. The talks ended. Nobody spoke."]) == "supported"


def test_the_missing_fact_is_named():
    (missing,) = missing_facts("وصل الوفد إلى دمشق.", "وصل الوفد إلى بيروت.")
    assert missing.value == "دمشق"


@pytest.mark.parametrize(
    ("claim", "evidence", "same"),
    [
        ("2020-10-22", "2020-10-22", True),
        ("2020-10", "2020-10-22", True),
        ("--10-22", "2020-10-22", True),
        ("2020-10-22", "--10-22", False),
        ("2020-10-23", "2020-10-22", False),
        ("2021", "2020", False),
        ("day-1", "day-1", True),
        ("day-1", "day-2", False),
        ("day-1", "2020", False),
    ],
)
def test_a_date_agrees_with_one_that_says_as_much_or_more(claim, evidence, same):
    assert agree(claim, evidence) is same


def test_denial_is_heard_both_ways():
    assert denies("الوفد غادر", "الوفد لم يغادر")
    assert denies("Exports rose", "Exports fell in May")
    assert not denies("وصلت القافلة قبل المغيب", "رفضت القافلة التفتيش ووصلت عند المغيب")
    assert not denies("الوفد لم يغادر", "نفى المتحدث أن يكون الوفد غادر")


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("قُتل أربعون جندياً", "killed 40 soldiers", True),
        ("قُتل أربعون جندياً", "killed 50 soldiers", False),
        ("في 12 مارس 2021", "on 12 March", True),
        ("في 12 مارس 2021", "on 13 March", False),
        ("السفير ماثيو تولر", "the envoy Matthew Tueller left", True),
        ("السفير ماثيو تولر", "the envoy Antony Blinken left", False),
    ],
)
def test_the_same_number_date_or_name_however_it_is_written(one, other, are):
    (fact,) = facts(one)
    (theirs,) = facts(other)
    assert same(fact, theirs) is are


def nli_model(folder, labels):
    """A cross-encoder with random weights, as small as can be."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "talks", "went", "well"]
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=32,
        id2label=dict(enumerate(labels)),
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_any_cross_encoder_of_inference_may_judge(tmp_path):
    name = nli_model(tmp_path / "nli", ["contradiction", "entailment", "neutral"])
    assert 0 < load_judge(name)("the talks went well " * 20, "the talks went well") < 1


def test_a_model_that_cannot_judge_is_named(tmp_path):
    with pytest.raises(JudgeError, match=r"no judge of entailment.*label_b.*ISNAD_JUDGE"):
        load_judge(nli_model(tmp_path / "other", ["LABEL_A", "LABEL_B"]))
    with pytest.raises(JudgeError, match=r"cannot be loaded.*ISNAD_JUDGE"):
        load_judge(str(tmp_path / "nothing"))


def test_a_judge_decides_where_the_facts_agree():
    claim, evidence = "The talks went well.", ["The meeting was a success."]
    assert support(claim, evidence, entails=lambda e, c: 0.9) == "supported"
    assert support(claim, evidence, entails=lambda e, c: 0.1) == "unsupported"

from dataclasses import replace

import numpy as np
import pytest

from geodata.analysis.siting.plans import plan_siting
from geodata.errors import SelectionError
from geodata.indicators.current import figures
from geodata.indicators.figures import Figures, Given
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.view import plan_weights as plan_weights_module
from geodata.view.plan_weights import named, people, plan_weights, weighings, weightless
from geodata.view.priorities import Criterion, PrioritySettings, scores
from tests.analysis.worlds import registry_of
from tests.registries import reported_only

NEAR = PrioritySettings((Criterion("jarak_rata_km", high_first=True),))


def weights_of(sample, weighing, within, level=Level.KECAMATAN):
    return plan_weights(weighing, sample, KimFilter(), within, level, NEAR)


def test_people_of_a_kabupaten_are_divided_evenly_among_its_desa(sample):
    weights = weights_of(sample, "penduduk", "35")
    assert len(weights) == 8_494
    people = dict(
        zip(
            sample.gazetteer.codes(Level.KABUPATEN_KOTA).tolist(),
            figures().values("penduduk", Level.KABUPATEN_KOTA).tolist(),
            strict=True,
        )
    )
    malang = [weight for code, weight in weights.items() if code.startswith("35.07.")]
    assert len(malang) == 390
    assert malang == [pytest.approx(people["35.07"] / 390)] * 390
    of_east_java = sum(count for code, count in people.items() if code.startswith("35."))
    assert sum(weights.values()) == pytest.approx(of_east_java)


def test_people_are_not_offered_where_they_tell_nothing_apart(sample):
    assert weighings(None) == weighings("35") == ("desa", "penduduk", "prioritas")
    assert weighings("35.07") == weighings("35.07.08") == ("desa", "prioritas")
    with pytest.raises(SelectionError, match="“penduduk”"):
        weights_of(sample, "penduduk", "35.07")


def test_people_of_each_desa_are_used_where_somebody_has_brought_them_in(
    sample, gazetteer, monkeypatch
):
    own = np.arange(1.0, 1 + len(gazetteer.codes(Level.DESA)))
    own[::50] = np.nan
    given = replace(people(None), level=Level.DESA)
    known = Figures(gazetteer, [Given(given, lambda: own)], "desa")
    monkeypatch.setattr(plan_weights_module, "figures", lambda: known)
    assert weighings("35.07") == weighings(None)
    assert named("penduduk", "35.07") == "penduduk"
    weights = weights_of(sample, "penduduk", "35.07")
    inside = own[gazetteer.within(Level.DESA, "35.07")]
    assert sorted(weights.values()) == inside[np.isfinite(inside)].tolist()
    assert weightless(weights, sample, "35.07") == np.isnan(inside).sum() > 0


def test_people_of_a_few_desa_are_not_taken_for_those_of_all(sample, gazetteer, monkeypatch):
    few = np.full(len(gazetteer.codes(Level.DESA)), np.nan)
    few[:10] = 1_000
    of_kabupaten = people(None)
    values = figures().values("penduduk", Level.KABUPATEN_KOTA)
    known = Figures(
        gazetteer,
        [
            Given(of_kabupaten, lambda: values),
            Given(replace(of_kabupaten, level=Level.DESA), lambda: few),
        ],
        "few",
    )
    monkeypatch.setattr(plan_weights_module, "figures", lambda: known)
    assert people("35").level is Level.KABUPATEN_KOTA
    assert named("penduduk", "35") == "penduduk_perkiraan"


def test_a_desa_has_the_score_of_the_region_that_it_lies_in(sample):
    weights = weights_of(sample, "prioritas", "35.07")
    everywhere = scores(sample, KimFilter(), Level.KECAMATAN, NEAR)
    codes = sample.gazetteer.codes(Level.KECAMATAN).tolist()
    assert len(weights) == 390
    for desa, weight in weights.items():
        assert weight == everywhere[codes.index(desa[:8])]
    assert len(set(weights.values())) > 20


def test_where_desa_are_all_alike_there_are_no_weights(sample):
    assert weights_of(sample, "desa", "35") is None
    assert weightless(None, sample, "35") == 0


def test_desa_whose_region_has_no_score_weigh_nothing_and_are_counted(gazetteer):
    some = reported_only(registry_of(gazetteer, ["35.07.08.2001"]), "35.07")
    weights = weights_of(some, "prioritas", "35", Level.KABUPATEN_KOTA)
    assert len(weights) == 390
    assert weightless(weights, some, "35") == 0  # those elsewhere have not reported
    fewer = dict(list(weights.items())[3:])
    assert weightless(fewer, some, "35") == 3


def test_a_plan_by_people_serves_more_of_them_than_one_by_desa(sample):
    people = weights_of(sample, "penduduk", "34")
    question = {"within": "34", "add": 5, "radius_km": 3}
    by_people = plan_siting(sample, KimFilter(), **question, weights=people)
    by_desa = plan_siting(sample, KimFilter(), **question)
    served = set(by_desa.served["kode"])
    assert by_people.share_of_best == 1
    assert by_people.total == pytest.approx(sum(people.values()))
    added = by_people.after - by_people.before
    assert added >= sum(people[code] for code in served) - 1e-6
    assert set(by_people.served["kode"]) != served

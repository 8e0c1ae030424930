from huancheng.policy.versions import diff_books


def words(before, after):
    return [item.words for item in diff_books(before, after)]


def test_a_pack_does_not_differ_from_itself(book):
    assert diff_books(book, book) == []


def test_changes_are_told_in_an_officers_words(book, workshop):
    edit = workshop.edit
    edit(
        "liaocheng-2023/routes/projects.yaml",
        "gate: true, days: {parameter: review_days}, cites: [5.4-6]",
        "gate: false, days: 10, cites: [5.4-6]",
    )
    edit(
        "liaocheng-2023/jurisdictions.yaml",
        "title: 茌平区, kind: district, central: false",
        "title: 茌平区, kind: district, central: true",
    )
    edit(
        "liaocheng-2023/tables/land.yaml",
        "  - {id: M2, when: {adjacent_parcel: false}, outcome: not_allowed, text: 须与周边用地整合, cites: [7.1-1]}\n",
        "",
    )
    edit(
        "liaocheng-2023/law.yaml",
        "envelope: {basis: law, certainty: read}\nentries:\n",
        "envelope: {basis: law, certainty: read}\nentries:\n- {id: neu, title: 新规, tier: city, "
        "provisions: [{id: '1', article: 第一条, says: 新}]}\n",
    )
    found = words(book, workshop.book())
    assert "路线 annual-plan/review 的关口由 是 改为 否" in found
    assert "路线 annual-plan/review 的时限由 20 改为 10" in found
    assert "辖区 chiping 的中心城区由 否 改为 是" in found
    assert "删去判定表 fragment_merge/M2：须与周边用地整合" in found
    assert "新增法规 neu：新规" in found
    back = words(workshop.book(), book)
    assert "删去法规 neu：新规" in back
    assert any(line.startswith("新增判定表 fragment_merge/M2") for line in back)


def test_a_new_order_of_steps_is_a_difference(book, workshop):
    path = workshop.folder / "liaocheng-2023/routes/projects.yaml"
    lines = path.read_text("utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if "id: annual-plan\n" in line + "\n")
    approve = next(number for number in range(place, len(lines)) if "{id: approve" in lines[number])
    lines[approve], lines[approve + 1] = lines[approve + 1], lines[approve]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    found = [item for item in diff_books(book, workshop.book()) if item.kind == "routes"]
    assert [item.as_dict()["key"] for item in found] == ["order"]
    assert "次序由 compile、approve、review、implement 改为 compile、review、approve、implement" in found[0].words

"""The site map of the workspace."""

from django.urls import include, path

from bids.views import (
    adoption,
    basics,
    benchmarks,
    budget,
    chapter,
    confirm,
    consortium,
    copying,
    document,
    dossier,
    financing,
    history,
    home,
    line,
    linked,
    overview,
    part_b,
    people,
    readiness,
    risk,
    rule_set,
    scenario,
    scenario_change,
    sensitivity,
    site,
    solve,
    start,
    step,
    why,
    work,
    workbook,
)

app_name = "bids"

whole = [
    path("", overview.overview, name="overview"),
    path("basics/", basics.read_basics, name="basics"),
    path("basics/edit/", basics.edit_basics, name="basics-edit"),
    path("export/", start.export_bid, name="export"),
    path("copy/", start.copy_bid, name="copy"),
    path("discard/", start.discard_bid, name="discard"),
    path("benchmarks/", benchmarks.show_benchmarks, name="benchmarks"),
    path("readiness/", readiness.readiness, name="readiness"),
    path("rule-set/", rule_set.show_rule_set, name="rule-set"),
    path("rule-set/move/", rule_set.move_rule_set, name="rule-set-move"),
    path("history/", history.history, name="history"),
    path("receipt/", step.receipt, name="receipt"),
    path("partners/", consortium.list_partners, name="partners"),
    path("partners/add/", consortium.add_partner, name="partner-add"),
    path("partners/<key>/", consortium.edit_partner, name="partner-edit"),
    path("partners/<key>/remove/", consortium.delete_partner, name="partner-delete"),
    path("partners/<key>/confirm/", confirm.confirm_partner, name="partner-confirm"),
    path("people/", people.list_people, name="people"),
    path("people/add/", people.add_person, name="person-add"),
    path("people/chapters/", people.assign_chapters, name="chapters-assign"),
    path("people/<int:pk>/remove/", people.remove_person, name="person-remove"),
]

steps = [
    path(f"steps/{name}/", step.page_of_step(name), {"name": name}, name="step")
    for name in ("lock", "unlock", "submit", "reopen", "resubmit", "withdraw", "lodge_appeal")
]

places = [
    path("sites/", site.list_sites, name="sites"),
    path("sites/add/", site.add_site, name="site-add"),
    path("sites/<key>/", site.edit_site, name="site-edit"),
    path("sites/<key>/remove/", site.delete_site, name="site-delete"),
    path("links/add/", site.add_link, name="link-add"),
    path("links/<key>/", site.edit_link, name="link-edit"),
    path("links/<key>/remove/", site.delete_link, name="link-delete"),
]

plan = [
    path("work-plan/", work.show_work_plan, name="work-plan"),
    path("work-plan/add/", work.add_package, name="work-package-add"),
    path("work-plan/<key>/", work.edit_package, name="work-package-edit"),
    path("work-plan/<key>/remove/", work.delete_package, name="work-package-delete"),
    path("risks/", risk.list_risks, name="risks"),
    path("risks/add/", risk.add_entry, {"kind": "risks"}, name="risk-add"),
    path("risks/<key>/", risk.edit_entry, {"kind": "risks"}, name="risk-edit"),
    path("risks/<key>/remove/", risk.delete_entry, {"kind": "risks"}, name="risk-delete"),
    path("indicators/add/", risk.add_entry, {"kind": "indicators"}, name="indicator-add"),
    path("indicators/<key>/", risk.edit_entry, {"kind": "indicators"}, name="indicator-edit"),
    path("indicators/<key>/remove/", risk.delete_entry, {"kind": "indicators"}, name="indicator-delete"),
]

chapters = [
    path("chapters/", chapter.list_chapters, name="chapters"),
    path("chapters/<key>/<language>/", chapter.read_chapter, name="chapter"),
    path("chapters/<key>/<language>/pages/", chapter.show_pages, name="chapter-pages"),
    path("chapters/<key>/<language>/write/", chapter.edit_chapter, name="chapter-edit"),
]

documents = [
    path("documents/", document.list_documents, name="documents"),
    path("documents/upload/", document.upload_document, name="document-upload"),
    path("documents/removed/<int:number>/restore/", document.restore_document, name="document-restore"),
    path("documents/<key>/", document.edit_document, name="document-edit"),
    path("documents/<key>/download/", document.download_document, name="document-download"),
    path("documents/<key>/remove/", document.remove_document, name="document-remove"),
]

dossiers = [
    path("dossiers/", dossier.list_dossiers, name="dossiers"),
    path("part-b/<str:language>/", part_b.download_part_b, name="part-b"),
    path("dossiers/request/", dossier.request_draft, name="dossier-request"),
    path("dossiers/<int:number>/", dossier.download_dossier, name="dossier-download"),
    path("dossiers/<int:number>/package/", dossier.download_package, name="dossier-package"),
    path("dossiers/<int:number>/status/", dossier.show_status, name="dossier-status"),
    path("dossiers/<int:number>/retry/", dossier.retry_dossier, name="dossier-retry"),
    path("dossiers/drafts/<int:number>/", dossier.download_draft, name="draft-download"),
    path("dossiers/drafts/<int:number>/cancel/", dossier.cancel_draft, name="draft-cancel"),
    path("dossiers/drafts/<int:number>/retry/", dossier.retry_draft, name="draft-retry"),
]

money = [
    path("budget/", budget.show_budget, name="budget"),
    path("budget/add/", line.add_line, name="line-add"),
    path("budget/workbook/", workbook.download_workbook, name="budget-workbook"),
    path("budget/import/", workbook.import_workbook, name="budget-import"),
    path("budget/import/<int:number>/", workbook.review_import, name="budget-review"),
    path("budget/import/<int:number>/undo/", workbook.undo_import, name="budget-review-undo"),
    path("budget/price/", line.price_line, name="line-price"),
    path("budget/lines/<key>/", line.edit_line, name="line-edit"),
    path("budget/lines/<key>/cells/", line.save_cells, name="line-cells"),
    path("budget/lines/<key>/duplicate/", line.duplicate_line, name="line-duplicate"),
    path("budget/lines/<key>/remove/", line.delete_line, name="line-delete"),
    path("budget/lines/<key>/restore/", line.restore_line, name="line-restore"),
    path("why/<path:figure>/", why.explain, name="why"),
    path("linked/", linked.show_linked, name="linked"),
    path("linked/join/", linked.join, name="linked-join"),
    path("linked/part/", linked.part, name="linked-part"),
    path("linked/mark/", linked.mark, name="linked-mark"),
    path("linked/unmark/", linked.unmark, name="linked-unmark"),
    path("linked/copy/", copying.copy_across, name="linked-copy"),
    path("financing/", financing.show_financing, name="financing"),
    path("financing/add/", financing.add_commitment, name="commitment-add"),
    path("financing/commitments/<key>/", financing.edit_commitment, name="commitment-edit"),
    path("financing/commitments/<key>/remove/", financing.delete_commitment, name="commitment-delete"),
]

what_if = [
    path("scenarios/", scenario.list_scenarios, name="scenarios"),
    path("scenarios/add/", scenario.add_scenario, name="scenario-add"),
    path("scenarios/sensitivity/", sensitivity.show_sensitivity, name="sensitivity"),
    path("scenarios/solve/", solve.show_solve, name="solve"),
    path("scenarios/solve/use/", solve.use_value, name="solve-use"),
    path("scenarios/<key>/", scenario.show_scenario, name="scenario"),
    path("scenarios/<key>/edit/", scenario.edit_scenario, name="scenario-edit"),
    path("scenarios/<key>/remove/", scenario.delete_scenario, name="scenario-delete"),
    path("scenarios/<key>/restore/", scenario.restore_scenario, name="scenario-restore"),
    path("scenarios/<key>/adopt/", adoption.adopt_scenario, name="scenario-adopt"),
    path("scenarios/<key>/adopted/", adoption.take_back, name="scenario-adopted"),
    path("scenarios/<key>/changes/add/", scenario_change.add_change, name="scenario-change-add"),
    path("scenarios/<key>/changes/<int:number>/", scenario_change.edit_change, name="scenario-change-edit"),
    path("scenarios/<key>/changes/<int:number>/remove/", scenario_change.delete_change, name="scenario-change-delete"),
    path("scenarios/<key>/changes/<int:number>/move/", scenario_change.move_change, name="scenario-change-move"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("bids/", home.list_bids, name="list"),
    path("bids/start/", start.start_bid, name="start"),
    path("bids/import/", start.import_bid, name="import"),
    path(
        "bids/<reference>/", include(whole + steps + places + plan + chapters + documents + dossiers + money + what_if)
    ),
]

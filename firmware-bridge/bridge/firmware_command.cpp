#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "firmware-bridge/bridge/command.hpp"
#include "firmware-bridge/bridge/service_link.hpp"

// singel-bridge firmware: the versions of every attached instrument.
namespace singel::firmware_bridge::bridge {

namespace asio = boost::asio;
namespace core = spectra::core;

namespace {

struct Answer {
    std::string id, family, model;
    bool simulated = false;
    std::vector<instrument::Version> versions;
    std::optional<core::Error> problem;
};

asio::awaitable<Answer> ask(std::string id) {
    Answer answer;
    answer.id = id;
    std::optional<ServiceLink> service;
    try {
        service = co_await open_for_service(id);
        answer.family = service->family->name;
        answer.model = service->model.name;
        answer.simulated = service->link->simulated();
        answer.versions = co_await memory_of(*service).versions(service->link, service->model);
    } catch (const core::Failure& failure) {
        answer.problem = failure.error();
    }
    if (service) co_await close_service(*service);
    co_return answer;
}

asio::awaitable<std::vector<Answer>> ask_all() {
    const auto ids = co_await attached_instruments();
    std::vector<Answer> answers;
    for (const std::string& id : ids) {
        Answer answer = co_await ask(id);
        answers.push_back(std::move(answer));
    }
    co_return answers;
}

void print_text(const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
        fmt::print("{} {}{}\n", answer.id, answer.model, answer.simulated ? " (SIMULATED)" : "");
        for (const auto& version : answer.versions) fmt::print("  {} {}\n", version.part, version.text);
        if (answer.problem) fmt::print("  {}\n", answer.problem->sentence());
    }
    if (answers.empty()) fmt::print("no instrument is attached\n");
}

void print_json(const std::vector<Answer>& answers) {
    auto list = nlohmann::ordered_json::array();
    for (const Answer& answer : answers) {
        nlohmann::ordered_json one{
            {"id", answer.id}, {"family", answer.family}, {"model", answer.model}, {"simulated", answer.simulated}};
        one["versions"] = nlohmann::ordered_json::object();
        for (const auto& version : answer.versions) one["versions"][version.part] = version.text;
        one["problem"] = answer.problem ? nlohmann::ordered_json(answer.problem->sentence()) : nullptr;
        list.push_back(std::move(one));
    }
    fmt::print("{}\n", nlohmann::ordered_json{{"results", std::move(list)}}.dump());
}

int show(bool json) {
    const auto answers = run_to_end(ask_all());
    json ? print_json(answers) : print_text(answers);
    for (const Answer& answer : answers)
        if (answer.problem) return device_failed;
    return answers.empty() ? answered_no : done;
}

}  // namespace

void add_firmware(CLI::App& root, Invocation& invocation) {
    CLI::App& app = *root.add_subcommand("firmware", "print the firmware versions of every attached instrument");
    const auto json = std::make_shared<bool>(false);
    app.add_flag("--json", *json, "one JSON object");
    app.callback([json, &invocation] { invocation.act = [json] { return show(*json); }; });
}

}  // namespace singel::firmware_bridge::bridge

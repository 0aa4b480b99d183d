#include "acquisition/account_json.hpp"

#include "acquisition/json_words.hpp"

namespace singel::acquisition {

namespace identify = spectra::identify;
using identify::Account;

nlohmann::ordered_json account_json(const Account& account) {
    nlohmann::ordered_json bands = nlohmann::ordered_json::array(), rivals = nlohmann::ordered_json::array();
    for (const auto& band : account.bands)
        bands.push_back({{"at_cm1", band.at_cm1},
                         {"predicted", band.predicted},
                         {"seen", band.seen},
                         {"deviation", band.deviation},
                         {"says", identify::name(band.says)},
                         {"also", band.also}});
    for (const auto& rival : account.rivals)
        rivals.push_back({{"name", rival.name},
                          {"worse_by", rival.worse_by},
                          {"fit", identify::name(rival.fit)},
                          {"inseparable", rival.inseparable}});
    return {{"unit", spectra::core::name(account.unit)},
            {"bands", bands},
            {"rivals", rivals},
            {"worse_without", account.worse_without},
            {"left_with", account.left_with},
            {"left_without", account.left_without}};
}

Account account_from_json(const nlohmann::json& json) {
    Account account;
    account.unit = enumerator(json.at("unit").get<std::string>(), spectra::core::Ordinate::reflectance,
                              [](spectra::core::Ordinate unit) { return spectra::core::name(unit); });
    for (const auto& one : json.at("bands"))
        account.bands.push_back({one.at("at_cm1").get<double>(), one.at("predicted").get<double>(),
                                 one.at("seen").get<double>(), one.at("deviation").get<double>(),
                                 enumerator(one.at("says").get<std::string>(), identify::BandSays::against_it,
                                            [](identify::BandSays says) { return identify::name(says); }),
                                 one.at("also").get<std::vector<std::string>>()});
    for (const auto& one : json.at("rivals"))
        account.rivals.push_back({one.at("name").get<std::string>(), one.at("worse_by").get<double>(),
                                  enumerator(one.at("fit").get<std::string>(), identify::RivalFit::far_worse,
                                             [](identify::RivalFit fit) { return identify::name(fit); }),
                                  one.at("inseparable").get<bool>()});
    account.worse_without = json.at("worse_without").get<double>();
    account.left_with = json.at("left_with").get<double>();
    account.left_without = json.at("left_without").get<double>();
    return account;
}

}  // namespace singel::acquisition

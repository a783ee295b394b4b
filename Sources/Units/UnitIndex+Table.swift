// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// The other units that UDUNITS-2 knows, as facts: size in base units, dimension (L length, M mass, T time, I current,
// K temperature, N amount, J luminosity, A angle, each with its power), names in any capitals, symbols as they stand.
// Worked out once by libudunits2 2.2.28 from its database; logarithms are left out, which are no products.
// docs/decisions/0155-units-of-our-own.md.

extension UnitIndex {
    static let others = #"""
        1e-15|||ppq ppqv
        1e-12|||ppt pptv
        1e-09|||ppb ppbv
        1e-06|||ppm ppmv
        0.01||percent percents|%
        1||bit bits count counts|ppv
        3.14159265358979||pi pis|π
        8||byte bytes octet octets|
        -0.0174532925199433|A|degree_w degree_west degrees_w degrees_west degreesw degreew|
        4.84813681109536e-06|A|angular_second angular_seconds arc_second arc_seconds arcsec arcsecond arcseconds|" ″
        4.84813681109536e-06|A|arcsecs|
        0.000290888208665722|A|angular_minute angular_minutes arc_minute arc_minutes arcmin arcmins arcminute|' ′
        0.000290888208665722|A|arcminutes|
        0.015707963267949|A|grade grades|
        0.0174532925199433|A|angular_degree angular_degrees arc_degree arc_degrees arcdeg arcdegs degree degree_e|°
        0.0174532925199433|A|degree_east degree_n degree_north degree_t degree_true degreee degreen degrees|
        0.0174532925199433|A|degrees_e degrees_east degrees_n degrees_north degrees_t degrees_true degreese|
        0.0174532925199433|A|degreesn degreest degreet|
        1|A|radian radians|rad
        6.28318530717959|A|circle circles cycle cycles revolution revolutions rotation rotations turn turns|
        1|A2|steradian steradians|sr
        3.33564e-10|I|statampere statamperes|
        0.7957747|I|gilbert gilberts|
        1|I|amp ampere amperes amps|A
        10|I|abampere abamperes biot biots|
        1|J|candela candelas candle candles|cd
        1|J A2|lumen lumens|lm
        0.555555555555556|K|deg_f deg_r degf degr degree_f degree_fahrenheit degree_r degree_rankine degreef|°F °R ℉
        0.555555555555556|K|degreer degrees_f degrees_fahrenheit degrees_r degrees_rankine degreesf degreesr degs_f|
        0.555555555555556|K|degs_r degsf degsr fahrenheit fahrenheits|
        1|K|celsius celsiuses deg_c deg_k degc degk degree_c degree_celsius degree_k degree_kelvin degreec|K °C °K ℃
        1|K|degreek degrees_c degrees_celsius degrees_k degrees_kelvin degreesc degreesk degs_c degs_k degsc degsk|
        1|K|kelvin kelvins|
        1e-15|L|fermi fermis|
        1e-10|L|angstrom angstroms ångström ångströms|Å Å
        1e-06|L|micron microns|
        2.54e-05|L|mil mils|
        0.0003514598|L|printers_point printers_points|
        0.000352777777777778|L|big_point big_points|
        0.0042175176|L|pica picas printers_pica printers_picas|
        0.00846666666666667|L|barleycorn barleycorns|
        0.0254|L|inch inches international_inch international_inches|in
        0.3048|L|feet foot international_feet international_foot|ft
        0.304800609601219|L|us_survey_feet us_survey_foot|
        0.9144|L|international_yard international_yards yard yards|yd
        0.914401828803658|L|us_survey_yard us_survey_yards|
        1|L|meter meters metre metres|m
        1.82880365760732|L|fathom fathoms|
        5.02921005842012|L|perch perches pole poles rod rods|
        20.11684|L|chain chains|
        58.471308|L|arpentlin arpentlins|
        201.168402336805|L|furlong furlongs|
        1609.344|L|international_mile international_miles mile miles|mi
        1609.34721869444|L|us_statute_mile us_statute_miles us_survey_mile us_survey_miles|
        1852|L|nautical_mile nautical_miles nmile nmiles|
        149597870700|L|astronomical_unit astronomical_units|au
        149597900000|L|astronomical_unit_bipm_2006 astronomical_unit_bipm_2006s|ua
        9.46073e+15|L|light_year light_years|
        3.085678e+16|L|parsec parsecs|
        1e-05|L M T-2|dyne dynes|
        0.00980665|L M T-2|force_gram force_grams gram_force grams_force pond ponds|gf
        0.138255|L M T-2|poundal poundals|
        0.2780139|L M T-2|force_ounce force_ounces ounce_force ounces_force|ozf
        1|L M T-2|newton newtons|N
        4.4482216152605|L M T-2|force_pound force_pounds pound_force pounds_force|lbf
        9.80665|L M T-2|force_kilogram force_kilograms kilogram_force kilograms_force|kgf
        4448.2216152605|L M T-2|kip kips|
        8896.443230521|L M T-2|force_ton force_tons ton_force tons_force|
        10|L M-1 T|rhe rhes|
        0.514444444444444|L T-1|international_knot international_knots knot knot_international|kt kts
        0.514444444444444|L T-1|knot_internationals knots|
        0.01|L T-2|gal gals|
        9.80665|L T-2|dynamic dynamics force forces geopotential geopotentials gravities gravity|gp
        9.80665|L T-2|standard_free_fall standard_free_falls|
        100|L-1|kayser kaysers|
        79.57747|L-1 I|oersted oersteds|Oe
        1.111111e-07|L-1 M|denier deniers|
        1e-06|L-1 M|tex texes|
        0.1|L-1 M T-1|poise poises|
        0.1|L-1 M T-2|barie baries barye baryes|
        1|L-1 M T-2|pascal pascals|Pa
        98.0665|L-1 M T-2||cmH2O cm_H2O
        133.322387415|L-1 M T-2|millimeter_hg millimeter_hg_0c millimeters_hg|mmHg mm_Hg mm_hg mmhg
        133.322387415|L-1 M T-2|millimeters_hg_0c torr torrs|
        248.84007017891|L-1 M T-2|inch_h2o_60f inches_h2o_60f|
        249.08193551052|L-1 M T-2|inch_h2o_39f inches_h2o_39f|
        1333.22387415|L-1 M T-2||cmHg cm_Hg
        2989.06692|L-1 M T-2|feet_h2o feet_water feeth2o foot_h2o foot_water footh2o|ftH2O fth2o
        3376.848535088|L-1 M T-2|inch_hg_60f inches_hg_60f|
        3386.388640341|L-1 M T-2|inch_hg inch_hg_32f inches_hg inches_hg_32f|inHg in_Hg
        6894.75729316836|L-1 M T-2||psi
        98066.5|L-1 M T-2|technical_atmosphere technical_atmospheres|at
        100000|L-1 M T-2|bar bars|
        101325|L-1 M T-2|atmosphere atmospheres standard_atmosphere standard_atmospheres|atm
        6894757.29316836|L-1 M T-2||ksi
        5.72135e-11|L-1 T|perm_0c perms_0c|
        5.74525e-11|L-1 T|perm_23c perms_23c|
        0.318309886183791|L-2 J|apostilb apostilbs blondel blondels|
        1|L-2 J|nit nits|nt
        3.426259|L-2 J|footlambert footlamberts|
        3183.09886183791|L-2 J|lambert lamberts|
        10000|L-2 J|stilb stilbs|sb
        0.1076391|L-2 J A2|footcandle footcandles|
        1|L-2 J A2|lux luxes|lx
        10000|L-2 J A2|phot phots|ph
        9796.85315665|L-2 M T-2|water_60f waters_60f|
        9806.3754138|L-2 M T-2|water_39f water_4c waters_39f waters_4c|
        9806.65|L-2 M T-2|conventional_water conventional_waters water waters|H2O h2o
        132946.79272|L-2 M T-2|mercuries_60f mercury_60f|
        133322.387415|L-2 M T-2|conventional_mercuries conventional_mercury mercuries_0c mercuries_32f mercury_0c|Hg
        133322.387415|L-2 M T-2|mercury_32f|
        1.11265e-12|L-2 M-1 T3 I2|statmho statmhos|
        1|L-2 M-1 T3 I2|siemens siemenses|S
        1000000000|L-2 M-1 T3 I2|abmho abmhos|
        1.11265e-12|L-2 M-1 T4 I2|statfarad statfarads|
        1|L-2 M-1 T4 I2|farad farads|F
        1000000000|L-2 M-1 T4 I2|abfarad abfarads|
        0.0004462|L-2 N|dobson dobsons|DU
        1e-28|L2|barn barns|b
        9.869233e-13|L2|darcies darcy|
        5.067075e-10|L2|circular_mil circular_mils|
        100|L2|are ares|a
        4046.87260987425|L2|acre acres|
        10000|L2|hectare hectares|
        1.60217733e-19|L2 M T-2|electron_volt electron_volts electronvolt electronvolts|eV
        1.60217733e-10|L2 M T-2||bev
        1e-07|L2 M T-2|erg ergs|
        1|L2 M T-2|joule joules|J
        4.184|L2 M T-2|thermochemical_calorie thermochemical_calories|
        4.1868|L2 M T-2|calorie calories it_calorie it_calories|cal
        1055.05585262|L2 M T-2|btu btus it_btu it_btus|
        3600|L2 M T-2|watthour watthours|
        105480400|L2 M T-2|therm therms us_therm us_therms|thm
        105506000|L2 M T-2|ec_therm ec_therms|
        4184000000|L2 M T-2|ton_tnt tons_tnt|
        1e-08|L2 M T-2 I-1|maxwell maxwells|
        1.256637e-07|L2 M T-2 I-1|unit_pole unit_poles|
        1|L2 M T-2 I-1|weber webers|Wb
        1e-09|L2 M T-2 I-2|abhenries abhenry|
        1|L2 M T-2 I-2|henries henry|H
        898755400000|L2 M T-2 I-2|stathenries stathenry|
        1|L2 M T-3|voltampere voltamperes watt watts|VA W
        735.499|L2 M T-3|metric_horsepower metric_horsepowers|
        745.6999|L2 M T-3|horsepower horsepowers shaft_horsepower shaft_horsepowers|hp
        745.7|L2 M T-3|uk_horsepower uk_horsepowers|
        746|L2 M T-3|electric_horsepower electric_horsepowers|
        746.043|L2 M T-3|water_horsepower water_horsepowers|
        3516.85284206667|L2 M T-3|refrigeration_ton refrigeration_tons ton_of_refrigeration tons_of_refrigeration|
        9809.5|L2 M T-3|boiler_horsepower boiler_horsepowers|
        1e-08|L2 M T-3 I-1|abvolt abvolts|
        1|L2 M T-3 I-1|volt volts|V
        299.7925|L2 M T-3 I-1|statvolt statvolts|
        1e-09|L2 M T-3 I-2|abohm abohms|
        1|L2 M T-3 I-2|ohm ohms|Ω Ω
        898755400000|L2 M T-3 I-2|statohm statohms|
        1e-06|L2 M-1 T-1 K|potential_vorticity_unit potential_vorticity_units|PVU
        0.0001|L2 T-1|stokes stokeses|St
        0.01|L2 T-2|rem rems|
        1|L2 T-2|gray grays sievert sieverts|Gy Sv
        4184000|L2 T-2|tnt tnts|
        1e-06|L3||cc
        3.69669140625e-06|L3|fluid_dram fluid_drams|fldr
        4.928921875e-06|L3|teaspoon teaspoons|tsp
        1.4786765625e-05|L3|tablespoon tablespoons|Tbl Tblsp Tbsp tblsp tbsp
        2.84130625e-05|L3|uk_fluid_ounce uk_fluid_ounces uk_liquid_ounce uk_liquid_ounces|
        2.957353125e-05|L3|fluid_ounce fluid_ounces liquid_ounce liquid_ounces us_fluid_ounce|floz oz
        2.957353125e-05|L3|us_fluid_ounces us_liquid_ounce us_liquid_ounces|
        0.000118294125|L3|gill gills liquid_gill liquid_gills us_liquid_gill us_liquid_gills|
        0.0001420653125|L3|uk_liquid_gill uk_liquid_gills|
        0.00023658825|L3|cup cups liquid_cup liquid_cups us_liquid_cup us_liquid_cups|
        0.000284130625|L3|uk_liquid_cup uk_liquid_cups|
        0.0004731765|L3|liquid_pint liquid_pints pint pints us_liquid_pint us_liquid_pints|pt
        0.0005506105|L3|dry_pint dry_pints us_dry_pint us_dry_pints|
        0.00056826125|L3|uk_liquid_pint uk_liquid_pints|
        0.000946353|L3|liquid_quart liquid_quarts quart quarts us_liquid_quart us_liquid_quarts|
        0.001|L3|liter liters litre litres|L l
        0.001101221|L3|dry_quart dry_quarts us_dry_quart us_dry_quarts|
        0.0011365225|L3|uk_liquid_quart uk_liquid_quarts|
        0.002359737|L3|board_feet board_foot|
        0.003785412|L3|gallon gallons liquid_gallon liquid_gallons us_liquid_gallon us_liquid_gallons|
        0.004404884|L3|us_dry_gallon us_dry_gallons|
        0.00454609|L3|canadian_liquid_gallon canadian_liquid_gallons uk_liquid_gallon uk_liquid_gallons|
        0.0088097675|L3|peck pecks|pk
        0.03523907|L3|bushel bushels|bu
        0.039746826|L3|firkin firkins|
        0.158987304|L3|barrel barrels|bbl
        1|L3|stere steres|
        2.831685|L3|register_ton register_tons|
        1233.489|L3|acre_feet acre_foot|
        1000000|L3 T-1|sverdrup sverdrups|
        1.6605402e-27|M|amu amus atomic_mass_unit atomic_mass_units atomicmassunit atomicmassunits|u
        1.6605402e-27|M|unified_atomic_mass_unit unified_atomic_mass_units|
        6.479891e-05|M|grain grains|gr
        0.0002|M|carat carats|
        0.001|M|gram grams|g
        0.0012959782|M|scruple scruples|
        0.001555174|M|pennyweight pennyweights|
        0.001771845|M|dram drams|dr
        0.0038879346|M|apdram apdrams|
        0.02834952|M|avoirdupois_ounce avoirdupois_ounces|
        0.02916667|M|assay_ton assay_tons|
        0.0311034768|M|apounce apounces|
        0.03110348|M|apothecary_ounce apothecary_ounces troy_ounce troy_ounces|
        0.3732417|M|apothecary_pound apothecary_pounds troy_pound troy_pounds|
        0.3732417216|M|appound appounds|
        0.45359237|M|avoirdupois_pound avoirdupois_pounds pound pounds|lb
        1|M|kilogram kilograms|kg
        14.5939|M|slug slugs|
        42.63768278|M|bag bags|
        45.35924|M|short_hundredweight short_hundredweights|
        50.80235|M|long_hundredweight long_hundredweights|
        907.18474|M|short_ton short_tons ton tons|
        1000|M|metric_ton metric_tons tonne tonnes|t
        1016.0469088|M|long_ton long_tons|
        41840|M T-2|langley langleys|
        1e-09|M T-2 I-1|gamma gammas|
        0.0001|M T-2 I-1|gauss gausses|
        1|M T-2 I-1|tesla teslas|T
        0.000258|M-1 T I|roentgen roentgens|R
        0.155|M-1 T3 K|clo clos|
        1.66053878316273e-24|N|molec molecs molecule molecules nuc nucleon nucleons nucs|
        1|N|einstein einsteins mole moles|mol
        6.02214179e+23|N-1|avogadro_constant avogadro_constants|
        1e-08|T|shake shakes|
        0.01|T|jiffies jiffy|
        0.9972696|T|sidereal_second sidereal_seconds|
        1|T|sec second seconds secs|s
        59.83617|T|sidereal_minute sidereal_minutes|
        60|T|minute minutes|min
        3590.17|T|sidereal_hour sidereal_hours|
        3600|T|hour hours|h hr
        86164.09|T|sidereal_day sidereal_days|
        86400|T|day days|d
        604800|T|week weeks|
        616800|T|work_month work_months|
        1209600|T|fortnight fortnights|
        2360584.6848|T|tropical_month tropical_months|
        2360591.5104|T|sidereal_month sidereal_months|
        2551442.8896|T|lunar_month lunar_months|
        2629743.831225|T|month months|
        7401600|T|work_year work_years|
        31536000|T|common_year common_years|
        31556925.9747|T|tropical_year tropical_years year years|yr
        31556952|T|gregorian_year gregorian_years|
        31557600|T|julian_year julian_years|
        31558150|T|sidereal_year sidereal_years|
        31622400|T|leap_year leap_years|
        3.15569259747e+16|T|eon eons|
        1.602176487e-19|T I||e
        3.33564e-10|T I|statcoulomb statcoulombs|
        1|T I|coulomb coulombs|C
        96485.31|T I|c12_faraday c12_faradays faraday faradays|
        96495.7|T I|chemical_faraday chemical_faradays|
        96521.9|T I|physical_faraday physical_faradays|
        1|T-1|baud bauds becquerel becquerels hertz hertzes|Bd Bq Hz bps
        37000000000|T-1|curie curies|Ci
        0.10471975511966|T-1 A||rpm
        6.28318530717959|T-1 A|rotation_per_second rotations_per_second|cps rps
        1|T-1 N|katal katals|kat
        """#
}

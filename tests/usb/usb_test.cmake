# Tests that talk to a virtual instrument through the real libusb, on the bus that singel-bridge emulates.
#   include(${PROJECT_SOURCE_DIR}/tests/usb/usb_test.cmake)

# singel_usb_client(NAME SOURCES … DEPENDS …): a gtest program that runs only as a child of singel-bridge.
function(singel_usb_client name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE
    SINGEL_SHARED_DATA="${PROJECT_SOURCE_DIR}/../shared/data" SINGEL_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}"
    SINGEL_TEST_DIR="${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name} PRIVATE singel_warnings ${arg_DEPENDS} GTest::gtest GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endfunction()

# singel_usb_test(NAME PROGRAM target [MODEL model[,model…]] [ARGS …] [BRIDGE_ARGS …] [CARRIER target] [TIMEOUT s]):
# one ctest test that runs the gtest program PROGRAM with ARGS under `singel-bridge run --model MODEL BRIDGE_ARGS --`.
# CARRIER names another program that takes BRIDGE_ARGS -- PROGRAM ARGS. Without umockdev the test shows as disabled.
function(singel_usb_test name)
  cmake_parse_arguments(arg "" "PROGRAM;MODEL;CARRIER;TIMEOUT" "ARGS;BRIDGE_ARGS" ${ARGN})
  if(arg_CARRIER)
    set(carrier $<TARGET_FILE:${arg_CARRIER}>)
  else()
    set(carrier $<TARGET_FILE:singel-bridge> run --model ${arg_MODEL})
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${carrier} ${arg_BRIDGE_ARGS} -- $<TARGET_FILE:${arg_PROGRAM}> ${arg_ARGS})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS usb)
  if(NOT umockdev_FOUND)
    set_tests_properties(${name} PROPERTIES DISABLED TRUE)
  endif()
endfunction()

# singel_usb_script(NAME SCRIPT file MODEL model [ARGS …] [BRIDGE_ARGS …]): one ctest test that runs a Python program of
# the outside world under `singel-bridge run`. Exit status 77 shows as skipped.
find_program(SINGEL_SYSTEM_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
function(singel_usb_script name)
  cmake_parse_arguments(arg "" "SCRIPT;MODEL" "ARGS;BRIDGE_ARGS" ${ARGN})
  add_test(NAME ${name} COMMAND $<TARGET_FILE:singel-bridge> run --model ${arg_MODEL} ${arg_BRIDGE_ARGS} --
    ${SINGEL_SYSTEM_PYTHON} ${arg_SCRIPT} ${arg_ARGS})
  set_tests_properties(${name} PROPERTIES TIMEOUT 120 LABELS usb SKIP_RETURN_CODE 77)
  if(NOT umockdev_FOUND OR NOT SINGEL_SYSTEM_PYTHON)
    set_tests_properties(${name} PROPERTIES DISABLED TRUE)
  endif()
endfunction()

"""What the host has to do, at the modem of VMODEM_PORT."""
import os
import unittest

from host import Host


class HostTest(unittest.TestCase):
    def setUp(self):
        self.host = Host(os.environ["VMODEM_PORT"])
        self.addCleanup(self.host.close)

    def test_the_modem_is_there(self):
        self.assertEqual(self.host.command(b"AT"), "OK")

    def test_it_is_the_model_that_the_product_has(self):
        self.assertEqual(self.host.command(b"AT+CGMM"), "BG95-M3")

    def test_a_resource_is_fetched(self):
        self.assertEqual(self.host.fetch("coap.sim", "validate"), ("2.05", "First version."))


if __name__ == "__main__":
    unittest.main()

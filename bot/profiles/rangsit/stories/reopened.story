# แก้แล้วยังไม่เรียบร้อย: เรื่องถูกเปิดอีกครั้ง · A reopened ticket
# {invitation} is given by whoever plays the story.

= แจ้ง รับ และแก้ครั้งแรก
person มาลี
มาลี adds the account
มาลี sees ยินดีต้อนรับ
มาลี says ขยะกองใหญ่หน้าตลาดสุชาติ ไม่มีใครมาเก็บ 4 วันแล้ว เหม็นมาก
มาลี sees ตรวจดูก่อนส่ง
มาลี presses ส่งเรื่อง
มาลี sees รอรับเรื่อง
มาลี keeps pile from RS-\d{4}-\d{5,}
person อนันต์
อนันต์ adds the account
อนันต์ sees ยินดีต้อนรับ
อนันต์ says {invitation}
อนันต์ sees คุณเป็นเจ้าหน้าที่
อนันต์ says {pile}
อนันต์ sees {pile}
อนันต์ presses รับเรื่อง on card {pile}
อนันต์ sees รับเรื่องแล้ว + {pile}
อนันต์ presses เสร็จแล้ว on card {pile}
อนันต์ sees ทำอะไร
อนันต์ says เก็บขยะรอบเช้าแล้ว
อนันต์ sees รูป
อนันต์ sends photo repaired

= ผู้แจ้งบอกว่ายังไม่เรียบร้อย
มาลี sees เก็บขยะรอบเช้าแล้ว + เรียบร้อยไหม
มาลี presses ยังไม่เรียบร้อย on card {pile}
มาลี sees เปิดเรื่องอีกครั้ง
มาลี says ยังเหลือกองใหญ่ข้างหลังตลาด
มาลี sees เพิ่มในเรื่อง {pile}
อนันต์ sees เปิดเรื่องอีกครั้ง + {pile}

= แก้อีกครั้งจนจบ
อนันต์ presses เริ่มดำเนินการ on card {pile}
อนันต์ sees กำลังดำเนินการ + {pile}
อนันต์ presses เสร็จแล้ว on card {pile}
อนันต์ sees ทำอะไร
อนันต์ says เก็บหลังตลาดและล้างพื้นแล้ว
อนันต์ sees รูป
อนันต์ sends photo repaired
มาลี sees ล้างพื้นแล้ว + เรียบร้อยไหม
มาลี presses เรียบร้อยแล้ว on card {pile}
มาลี sees ปิดเรื่อง + ให้คะแนน
มาลี presses 5 ดาว
มาลี sees ขอบคุณสำหรับคะแนน
